"""Where heavy work runs beyond one sitting: an index on disk."""
