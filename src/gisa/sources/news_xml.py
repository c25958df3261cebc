"""What the wires of agencies share: one element a story, read as a stream. Knows none of their vocabularies."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterator
from typing import Any, ClassVar

from gisa.model import Draft, Item, Reject, Remark
from gisa.sources.source import FileSource
from gisa.sources.xml_elements import elements


class NewsXmlSource(FileSource):
    """The drafts of a file of stories; a draft's place is ``name#number``, the number of its story, from 1."""

    element: ClassVar[str]
    """The name of the element that is one story."""

    def __iter__(self) -> Iterator[Item]:
        passed_over: Counter[str] = Counter()
        for cut, parsed in elements(self._reader, [self.element]):
            place = f"{self.name}#{cut.number}"
            if cut.number == 0:
                continue
            if parsed is None:
                what = "is larger than 32 MB" if cut.text is None else "is no XML" if cut.is_whole else "is cut short"
                yield Reject(place, f"the story {what} — get it again from the agency")
                continue
            if parsed.defect is not None:
                yield Remark(place, f"the story's XML is damaged: {parsed.defect} — what could be read was read")
            fields = self._fields(parsed.element)
            if isinstance(fields, str):
                passed_over[fields] += 1
            else:
                yield Draft(fields, place)
        for kind, count in sorted(passed_over.items()):
            yield Remark(self.name, f"passed over as no articles, {kind}: {count:,}")
        if self._reader.defect is not None:
            yield Reject(self.name, f"{self._reader.defect} — what came before it was read; get the whole file")

    @abstractmethod
    def _fields(self, story: Any) -> dict[str, Any] | str:
        """The story in the names of an article, or what it is if it is none."""
