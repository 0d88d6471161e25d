"""Lines of code in plain text are copied, whatever stands around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.text import segment
from translator.text.code_lines import is_code

CODE = """
ergebnis = 0
for i in range(10):
if (zaehler > 3) {
return wert + 1;
return summe / anzahl
print("Hallo")
print("Das ist nicht gut")
let name = "Anna";
int zaehler;
SELECT * FROM kunden WHERE id = 7;
INSERT INTO kunden (name) VALUES ('Anna');
git commit -m "Neu"
x = y * 2 + 1
x = 5  # das ist der Wert
self.name = name
preis_gesamt = preis
def addiere(a, b):
class Haus:
public class Haus {
$ ls -la /tmp
import os, sys
from os import path
const max = 100;
const { a, b } = c;
i += 1
{"name": "Anna", "alter": 30}
"alter": 30,
public static void main(String[] args) {
summe += preis[i]
#include <stdio.h>
while True:
else:
} else {
});
sudo apt-get install python3
npm install
cd /home/anna
farbe: #ff0000;
margin: 0 auto;
.box {
KEY=value
export PATH=/usr/bin
foo.bar(baz, 12)
console.log(name)
System.out.println("Hallo Welt");
throw new Error("falsch");
<?php
""".strip().splitlines()


@pytest.mark.parametrize("line", CODE)
def test_code_is_recognised(line: str) -> None:
    assert is_code(line)


@pytest.mark.parametrize("around", ["{}", "    {}", "\t{}", "> {}", "Das ist neu.\n{}\nUnd gut."])
@pytest.mark.parametrize("line", CODE[:6])
def test_a_line_of_code_is_copied_whole(line: str, around: str) -> None:
    (part,) = (part for part in segment(around.format(line)) if line in part.source)
    assert part.copied
    assert part.verbatim


def test_code_in_a_list_is_copied_with_its_marker() -> None:
    assert all(part.copied for part in segment("- npm install\n1. git clone x"))


@pytest.mark.parametrize("word", ["und", "nicht", "ist", "the", "wird"])
@given(st.sampled_from(CODE))
def test_a_word_of_grammar_outside_of_quotes_makes_it_prose(word: str, line: str) -> None:
    assert not is_code(f"{word} {line}")


@given(st.text(alphabet=st.characters(categories=["L", "Zs", "Po"]), max_size=60))
def test_what_begins_with_an_article_is_none(text: str) -> None:
    assert not is_code("Das " + text)
