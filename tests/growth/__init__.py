"""How the time of every step grows, over a grid of texts made for growth."""
