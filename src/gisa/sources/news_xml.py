"""What the wires of agencies share: one element a story, read as a stream. Knows none of their vocabularies."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterator
from typing import Any, ClassVar

from gisa.messages import Message, SourceCode
from gisa.model import Draft, Item, Reject, Remark
from gisa.sources.source import FileSource
from gisa.sources.xml_elements import ELEMENT_LIMIT, Cut, elements


class NewsXmlSource(FileSource):
    """The drafts of a file of stories; a draft's place is ``name#number``, the number of its story, from 1."""

    element: ClassVar[str]
    """The name of the element that is one story."""

    def __iter__(self) -> Iterator[Item]:
        passed_over: Counter[Message] = Counter()
        for cut, parsed in elements(self._reader, [self.element]):
            place = f"{self.name}#{cut.number}"
            if cut.number == 0:
                continue
            if parsed is None:
                yield Reject(place, _why_unread(cut))
                continue
            if parsed.defect is not None:
                yield Remark(place, Message(SourceCode.STORY_DAMAGED, error=parsed.defect))
            fields = self._fields(parsed.element)
            if isinstance(fields, Message):
                passed_over[fields] += 1
            else:
                yield Draft(fields, place)
        for what, count in sorted(passed_over.items(), key=lambda passed: str(passed[0])):
            yield Remark(self.name, Message(SourceCode.COUNTED, what=what, count=count))
        if self._reader.defect is not None:
            yield Reject(self.name, Message(SourceCode.REST_UNREAD, defect=self._reader.defect))

    @abstractmethod
    def _fields(self, story: Any) -> dict[str, Any] | Message:
        """The story in the names of an article, or why it is passed over."""


def _why_unread(cut: Cut) -> Message:
    if cut.text is None:
        return Message(SourceCode.STORY_TOO_LARGE, megabytes=ELEMENT_LIMIT // 1024**2)
    return Message(SourceCode.STORY_NO_XML if cut.is_whole else SourceCode.STORY_CUT)
