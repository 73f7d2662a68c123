"""The terminal interface: every screen derives from what roles declare, and sees a seat's view, never the world."""
