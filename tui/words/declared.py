"""Names of registers and of their fields in the language in use, as they are declared."""

from core.registers import REGISTERS, Register, RegisterField
from tui.words import i18n


def own_label(each: RegisterField) -> str:
    """What a field is called."""
    return each.header if i18n.language() == i18n.CHINESE else each.english


def column_label(key: str) -> str:
    """What a column of any register is called; the key itself where none declares it."""
    found = (each for register in REGISTERS.values() for each in register.fields)
    return next((own_label(each) for each in found if each.key == key), key)


def register_label(register: Register, key: str) -> str:
    """What a column of a register is called; empty where its declaration leaves that to others."""
    if key == "code" and register.numbered:
        return register.numbered if i18n.language() == i18n.CHINESE else ""
    return next((own_label(each) for each in register.fields if each.key == key), "")


def noun_of(register: Register, *, several: bool = False) -> str:
    """What one record of a register is called, or several."""
    if i18n.language() == i18n.CHINESE:
        return register.chinese
    return register.plural if several else register.english
