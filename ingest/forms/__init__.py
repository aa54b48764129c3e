"""Statistical forms and the words for what they measure, as data."""

from ingest.forms.form import Block, Form, FormTable, Identity, Line, form_named, load_forms

__all__ = ["Block", "Form", "FormTable", "Identity", "Line", "form_named", "load_forms"]
