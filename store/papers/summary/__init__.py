"""工作总结 as files: Word, Markdown, text, a workbook; and taken back from Word and Markdown (docs/year.md 5)."""
