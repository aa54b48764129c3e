"""Spreadsheets: XLSX, XLS, Excel 2003 XML, CSV and TSV, each value as the sheet shows it."""
