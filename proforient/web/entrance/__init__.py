"""Sign-in, one's own account, invitations: plain pages and forms outside Streamlit, each answered by a redirect."""
