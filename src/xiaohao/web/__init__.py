"""What people see: the desk for officials, the portal for everybody, the API for programs. Views parse, call one act or query, and render."""
