"""What `xiaohao-verify` does with each kind of file, and how it says so in Chinese and English. Standard library and cryptography only."""
