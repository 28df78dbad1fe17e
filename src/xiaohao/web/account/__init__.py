"""Coming in and one's own account: password, second factor, invitation, unified sign-in, sessions."""
