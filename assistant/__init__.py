"""Questions become cited answers. Knows nothing of Gradio, which lives in `assistant.ui`."""
