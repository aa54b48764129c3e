"""The words of the field as data: concepts and what people call them, units of prose."""

from ingest.words.concepts import Concepts, Member, Subject, load_concepts, parse_concepts

__all__ = ["Concepts", "Member", "Subject", "load_concepts", "parse_concepts"]
