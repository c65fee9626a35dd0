"""整改前后对比: before and after side by side, as a Word file, a workbook, or an annex of a paper."""
