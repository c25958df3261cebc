"""What commands print of reports, in English."""

from __future__ import annotations

from typing import Final

from gisa.saying.reports_wording import EvaluationText, MissText, ReportText, ResultText, StatusText, WordsText

ENGLISH_REPORTS: Final = ReportText(
    status=StatusText(
        articles="articles",
        withheld="withheld",
        ahead="not open yet",
        changes="changes",
        generation="generation",
        generation_is="{name}, fingerprint {fingerprint}",
        rules="rules",
        size="size",
        size_is="archive {archive}, index {index}",
        published="published",
        published_is="{oldest} to {newest}",
        writer="writer",
        no_writer="none",
        purged="purge",
        purged_is="files here may hold words of purged articles: a server builds them anew, and so does gisa reindex",
        node="node",
        node_is="{name}, {count} {count:change/changes} behind",
        node_words=", words of version {version}",
        words="words",
        feed="feed",
        not_built="not built yet: whatever writes next builds it",
        behind="{count} {count:change/changes} behind",
        up_to_date="up to date",
    ),
    words=WordsText(
        words="words",
        holders="holders",
        waiting="waiting",
        in_effect="{count} in effect",
        changes_wait="{count} {count:change waits/changes wait} (`gisa words apply`)",
        how_to_apply="{count} — `gisa words apply`",
        unusable="{count} {count:line/lines} cannot be used (`gisa words`)",
        shared="shared",
        shared_is="version {version}, on every machine",
        shared_now="shared {name} as version {version}",
        edited="{name} was changed here and is not shared yet — `gisa words apply`",
        fetched="{name}: version {version}, shared {at} by {host}",
        nothing_to_fetch="the files here are the newest",
        applied="applied {changes} {changes:change/changes} · analysed {analysed} {analysed:article/articles} again",
        from_to="{before} → {after}",
        as_before="{before}, as before",
        gains="gains {count}",
        loses="loses {count}",
        nothing="nothing would change",
        not_looked_at="… and {count} more {count:change, which was/changes, which were} not looked at",
        concerned="{count} {count:article/articles} would be analysed again",
        more_lines="… {count} more (--json shows all)",
        more_rejects="… {count} more {count:line/lines} that cannot be used (--json shows all)",
    ),
    misses=MissText(
        not_indexed="not in the index",
        not_found="not found",
        behind="found at {place}",
        word="a word of its body does not find it",
    ),
    evaluation=EvaluationText(
        nothing="no query has a relevant article among the judgements, so nothing was measured",
        unjudged="{count} {count:query has/queries have} no relevant article judged: left out",
        missing="{count} relevant {count:article is/articles are} not in the archive: counted as missed",
    ),
    results=ResultText(withheld="withheld {count}", published="published {count}", next_page="more: --cursor {cursor}"),
)
