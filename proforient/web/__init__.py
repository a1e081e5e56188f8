"""What needs Streamlit or Starlette beside the pages: the frame, the server's answers, widgets of several pages."""
