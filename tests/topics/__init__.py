"""Tests of topic models."""
