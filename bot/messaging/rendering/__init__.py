"""One renderer for each channel: from the Message shape to what its provider may be sent."""
