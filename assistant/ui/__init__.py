"""The chat page, the only place with Gradio. Talks to the Assistant; knows nothing of search.

Gradio reads these variables when it is imported, which the modules here do after this one:
without them its server asks hosts on the Internet for news and counts visits.
"""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
