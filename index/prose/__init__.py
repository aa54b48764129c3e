"""Answers from the narrative: figures that stand in sentences, sentences, lists."""
