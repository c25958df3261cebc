"""What ``--help`` says in Korean, by the English that stands beside each command and option. A test finds what is missing.

English help is written where a command is declared, as click has it; so are names of options and examples, which stay.
"""

from __future__ import annotations

from typing import Final

KOREAN_HELP: Final = {
    # click's own words
    "Usage:": "사용법: ",
    "Options": "옵션",
    "Commands": "명령",
    "Show this message and exit.": "이 도움말을 보여 주고 끝냅니다.",
    "Show the version and exit.": "버전을 보여 주고 끝냅니다.",
    # shared options
    "Print JSON.": "JSON으로 출력합니다.",
    "The data folder. Default: $GISA_DATA, then ./gisa-data.": "데이터 폴더. 기본: $GISA_DATA, 없으면 ./gisa-data.",
    "Fail at once if another process is writing.": "다른 프로세스가 등록하고 있으면 기다리지 않고 바로 끝냅니다.",
    "Processes that analyse beside this one. Default: one a core for long runs; 0: none.": "함께 분석할 프로세스 수. 기본: 오래 걸릴 때 코어마다 하나. 0이면 없음.",
    "A folder of own rules (*.toml) for the pages of your CMS.": "쓰시는 CMS의 페이지를 읽는 규칙(*.toml)이 있는 폴더.",
    "Why, for the paper: it stays in the archive's log and is never shown.": "신문사를 위한 이유. 보관소 기록에만 남고 보이지 않습니다.",
    "Why, for readers: the page of a removed article shows it.": "독자를 위한 이유. 삭제된 기사의 페이지에 보입니다.",
    # gisa
    "Korean-first news search: add a paper's articles, search them, serve the search page.": "한국어 뉴스 검색: 기사를 등록하고, 검색하고, 검색 페이지를 엽니다.",
    # add
    'Add articles from files, folders, addresses, databases (--query) or standard input (-): JSON, CSV, feeds; also as .gz. Adding is idempotent: the same article again is unchanged, a changed one becomes a new revision. Ctrl-C stops it where nothing is lost; the same command goes on from there. A record that says {"id": "…", "removed": true, "reason": "…"} takes the article down.': '파일, 폴더, 주소, 데이터베이스(--query)나 표준 입력(-)의 기사를 등록합니다: JSON, CSV, 피드, 그리고 .gz.\n\n같은 기사를 다시 등록하면 그대로이고, 바뀐 기사는 새 판이 됩니다. Ctrl-C로 멈춰도 잃는 것이 없고, 같은 명령을 다시 실행하면 이어집니다. {"id": "…", "removed": true, "reason": "…"}가 든 줄은 그 기사를 삭제합니다.',
    "For the address of a database: the SELECT whose rows are the articles.": "데이터베이스 주소일 때, 기사를 고르는 SELECT.",
    "Of the query: says when a row changed; later runs read newer rows only.": "행이 바뀐 때를 알려 주는 열. 다음 실행부터 새로운 행만 읽습니다.",
    "Take down what is gone from the database, however much it is.": "데이터베이스에서 없어진 기사를 수와 관계없이 삭제합니다.",
    "Also write every reject to FILE, one JSON object a line.": "등록하지 못한 것을 한 줄에 JSON 객체 하나로 FILE에도 적습니다.",
    "Read everything as this format, whatever it looks like.": "모양과 관계없이 모두 이 형식으로 읽습니다.",
    "Which column or key fills which field: title=제목,body=기사본문. Without a header: title=4,body=5.": "어느 열이나 키가 어느 필드인지: title=제목,body=기사본문. 열 이름이 없으면 title=4,body=5.",
    "Show the first five articles as they would be, count, and change nothing.": "처음 다섯 기사를 등록될 모습대로 보여 주고 세기만 합니다. 아무것도 바꾸지 않습니다.",
    # search, export
    'Search the archive. A query that begins with - goes after --, as in: gisa search -- "-구룡포 포항".': '기사를 검색합니다. -로 시작하는 검색어는 -- 뒤에 적습니다: gisa search -- "-구룡포 포항".',
    "Write every result of a search to a file, whatever their number. All formats but RIS and CSL say where it comes from.": "검색 결과를 수와 관계없이 모두 파일로 씁니다. RIS와 CSL을 뺀 모든 형식에 출처가 적힙니다.",
    "Where to; - for standard output, with --format.": "쓸 파일. 표준 출력은 -이고 --format이 필요합니다.",
    "Default: by FILE's ending.": "기본: FILE의 확장자에 따릅니다.",
    "Any of id, published_at, modified_at, title, section, byline, publisher, url, keywords, correction, body.": "id, published_at, modified_at, title, section, byline, publisher, url, keywords, correction, body 가운데에서.",
    "Order of the hits. [default: newest]": "결과의 순서. [기본: newest]",
    "A stretch of time that ends now; not together with days.": "지금까지의 기간. 날짜와 함께 쓸 수 없습니다.",
    "First day (Asia/Seoul), included.": "첫날(한국 시각), 그날도 듭니다.",
    "Last day (Asia/Seoul), included.": "마지막 날(한국 시각), 그날도 듭니다.",
    "Only this section.": "이 분야만.",
    "Only by this reporter.": "이 기자의 기사만.",
    "Look for the words in headlines only.": "제목에서만 찾습니다.",
    "Only articles that are about the query, not those that only mention its words. Left out: as the paper has it.": "검색어를 주로 다룬 기사만, 언급만 한 기사는 빼고. 적지 않으면 신문사의 설정대로.",
    "all: every word must match. any: one is enough. [default: all]": "all: 단어가 모두 있는 기사. any: 하나라도 있는 기사. [기본: all]",
    "Keys of variants to switch off, separated by |.": "쓰지 않을 다른 표기의 키. |로 나눕니다.",
    "Look for words of two syllables inside other words as well: 우정 in 심우정.": "두 글자 단어를 다른 단어 안에서도 찾습니다: 심우정의 우정.",
    "Look for words that are a noun and a verb's form as the verb as well: 하자 as 하다.": "명사이면서 동사 활용형인 단어를 동사로도 찾습니다: 하자를 하다로.",
    "Do not search for a correction in the place of a query that finds nothing.": "결과가 없는 검색어를 고쳐서 검색하지 않습니다.",
    "How many hits to return. [default: 20]": "보여 줄 결과 수. [기본: 20]",
    "How many hits to pass over. [default: 0]": "건너뛸 결과 수. [기본: 0]",
    "next_cursor of the page before, in the same order: however deep, a page costs the same.": "같은 순서로 본 앞 페이지의 next_cursor. 아무리 뒤쪽이어도 걸리는 시간이 같습니다.",
    "Suggest what to search for: headline phrases and names that begin with TEXT, as in: gisa suggest 서울시ㅈ": "TEXT로 시작하는 제목의 말과 이름을 검색어로 추천합니다. 예: gisa suggest 서울시ㅈ",
    "Show how the article ID changed, newest first, whatever readers are shown.": "기사 ID가 어떻게 바뀌었는지 새로운 순서로 보여 줍니다. 독자에게 보이는 것과 관계없이 모두 보여 줍니다.",
    "Say why QUERY finds the article ID, or the first reason why not. A query that begins with - goes after --.": "QUERY가 기사 ID를 왜 찾는지, 못 찾는다면 첫 번째 이유를 알려 줍니다. -로 시작하는 검색어는 -- 뒤에 적습니다.",
    "Without lists and notices ([인사], [부고], 오늘의 날씨), told by form.": "형식으로 알아본 목록과 알림([인사], [부고], 오늘의 날씨)은 빼고.",
    "Show what SPEAKER said, newest first, as in: gisa quotes 김하늘 --text 예산": "SPEAKER가 한 말을 최신순으로 보여 줍니다. 예: gisa quotes 김하늘 --text 예산",
    "Only quotations that hold these words.": "이 단어가 든 말만.",
    "Where the page before ended.": "앞 페이지가 끝난 곳.",
    "Say whether SENTENCE stands in the archive. Exit 1 if it does not, or not so.": "SENTENCE가 보관소에 있는지 알려 줍니다. 없거나 다르면 1로 끝납니다.",
    # looking after the folder
    "Show what the data folder holds.": "데이터 폴더에 무엇이 있는지 보여 줍니다.",
    "Build the index anew from the archive while the old one serves, then swap.": "옛 색인으로 검색하는 동안 보관소에서 색인을 새로 만들어 바꿉니다.",
    "Remove articles from the archive and the search. Their revisions and the removal stay on record.": "기사를 보관소와 검색에서 삭제합니다. 판과 삭제 기록은 남습니다.",
    "Erase articles for good: archive, index, suggestions. What stays is the id, when, who and the reasons. They are removed at once; then the index is built anew without them. Take them out of their source first: what is added again is there again. Backups made before are named with the command that cleans them.": "기사를 보관소, 색인, 추천 검색어에서 완전히 지웁니다. 번호, 시각, 지운 사람, 이유만 남습니다.\n\n먼저 삭제하고, 그 기사 없이 색인을 새로 만듭니다. 다시 등록되지 않게 원본에서 먼저 빼 주세요. 전에 만든 백업은 지우는 명령과 함께 알려 줍니다.",
    "Who decided it. Default: the name of this user.": "결정한 사람. 기본: 이 사용자의 이름.",
    "Put damaged articles right: from a backup, or by removing them until their source is added again.": "손상된 기사를 바로잡습니다: 백업에서 되살리거나, 원본을 다시 등록할 때까지 삭제합니다.",
    "A backup to take damaged articles from.": "손상된 기사를 되살릴 백업.",
    "Let no reader see these articles, whatever their source says, until `gisa publish`. They stay in the archive.": "원본과 관계없이 `gisa publish`할 때까지 독자에게 보이지 않게 합니다. 보관소에는 남습니다.",
    "Show readers these articles: ends a hold and an embargo. One dated in the future waits for its date.": "기사를 독자에게 보입니다: 보류와 엠바고를 끝냅니다. 날짜가 미래인 기사는 그날을 기다립니다.",
    "Copy articles, revisions, removals, settings and pictures to DEST, while readers and writers go on. The second run copies what has come since. PostgreSQL archives are copied too, into an SQLite file.": "읽고 쓰는 동안 기사, 판, 삭제 기록, 설정, 사진을 DEST에 복사합니다.\n\n다시 실행하면 그 뒤에 생긴 것만 복사합니다. PostgreSQL 보관소는 SQLite 파일로 복사합니다.",
    "Put a backup into an empty or new data folder and build its index. Nothing that is there is overwritten. A database or index that holds something is refused: a drill never touches the paper's own.": "백업을 비어 있거나 새로운 데이터 폴더에 넣고 색인을 만듭니다. 있는 것을 덮어쓰지 않습니다.\n\n무엇이든 들어 있는 데이터베이스나 색인에는 넣지 않습니다: 복원 연습이 신문사의 것을 건드리는 일은 없습니다.",
    "Move the archive to another database: copied while the old one serves, then named in gisa.toml. Stop what adds by itself before, and start servers again after it: what is open goes on with the old archive.": "보관소를 다른 데이터베이스로 옮깁니다: 옛 보관소로 서비스하는 동안 복사하고, gisa.toml에 적습니다. 스스로 등록하는 것은 먼저 멈추고, 서버는 끝난 뒤에 다시 시작하세요. 열려 있는 것은 옛 보관소를 계속 씁니다.",
    "Where the archive goes; file: into the folder.": "보관소를 옮길 곳. file이면 폴더 안.",
    "Where the articles go; file: into the folder.": "기사를 넣을 곳. file이면 폴더 안.",
    "Where the index is built; file: in the folder.": "색인을 만들 곳. file이면 폴더 안.",
    "Check that the archive is whole and that the index holds exactly its articles. Exit 1 when not.": "보관소가 온전한지, 색인에 그 기사가 빠짐없이 있는지 확인합니다. 아니면 1로 끝납니다.",
    "Search for every article by its own headline, verbatim and without spaces: it must come first by relevance. A word drawn from its body, with its particles, must find it, too.": "모든 기사를 제목 그대로, 또 띄어쓰기 없이 검색해 정확도순으로 맨 먼저 나오는지 확인합니다.\n\n본문에서 고른 단어도 조사까지 붙은 채로 그 기사를 찾아야 합니다.",
    "Check only the first so many articles.": "처음 몇 건만 확인합니다.",
    "Write the misses to FILE as JSONL.": "찾지 못한 것을 JSONL로 FILE에 적습니다.",
    # words
    "Show the paper's own words: what is in effect, what waits to be applied, what cannot be used. The files stand in the data folder: words.txt (a word a line, with its parts after a tab where it is to be split), holders.txt and synonyms.txt.": "신문사의 단어를 보여 줍니다: 적용 중인 것, 적용을 기다리는 것, 쓸 수 없는 것.\n\n파일은 데이터 폴더에 있습니다: words.txt(한 줄에 단어 하나, 나눌 곳은 탭 뒤에), holders.txt, synonyms.txt.",
    "Let changed words.txt and holders.txt take effect: the articles concerned are analysed again, no others.": "바뀐 words.txt와 holders.txt를 적용합니다: 관계있는 기사만 다시 분석합니다.",
    "Bring the files here to what the machines of a shared archive go by, to edit them; gisa words apply shares them again.": "여러 서버가 공유하는 단어 파일을 이 폴더로 가져옵니다. 고친 뒤 gisa words apply로 다시 공유합니다.",
    "Show which articles searches would gain and lose if FILE were words.txt or synonyms.txt. Changes nothing.": "FILE이 words.txt나 synonyms.txt라면 검색 결과가 어떻게 달라질지 보여 줍니다. 아무것도 바꾸지 않습니다.",
    "Default: by the file's content.": "기본: 파일의 내용에 따릅니다.",
    # serving
    "Serve the search page at / and the API at /api/docs. Requests are not logged by default; [serve] log in gisa.toml can change that.": "검색 페이지를 /에서, API를 /api/docs에서 엽니다.\n\n요청은 기록하지 않습니다. gisa.toml의 [serve] log로 바꿀 수 있습니다.",
    "Name or address to listen at. [default: host of [serve] in gisa.toml, or 127.0.0.1]": "요청을 받을 이름이나 주소. [기본: gisa.toml의 [serve] host, 없으면 127.0.0.1]",
    "[default: port of [serve], or 8000]": "[기본: [serve] port, 없으면 8000]",
    "Server processes. [default: workers of [serve], or 1]": "서버 프로세스 수. [기본: [serve] workers, 없으면 1]",
    "Also follow the feeds of the list, in a process of its own.": "목록의 피드도 따로 따라갑니다.",
    "Load the fictional newspaper that ships with Gisa and serve its search page.": "Gisa에 든 가상 신문을 등록하고 검색 페이지를 엽니다.",
    "The demo's data folder.": "가상 신문의 데이터 폴더.",
    "Server processes.": "서버 프로세스 수.",
    "Load the sample and stop.": "등록만 하고 끝냅니다.",
    # evaluating, extracting
    "Measure relevance on judged queries: nDCG@10, RR@10 and R@100, for each class of queries. Needs the library of measures: pip install 'gisa[evaluate]'.": "판정된 검색어로 검색 품질을 잽니다: 검색어 분류마다 nDCG@10, RR@10, R@100.\n\n측정 라이브러리가 필요합니다: pip install 'gisa[evaluate]'.",
    'JSONL of {"id", "text"}, perhaps "class".': '{"id", "text"}의 JSONL, "class"도 됩니다.',
    "Judgements: query, article, relevance; or TREC qrels.": "판정: 검색어, 기사, 관련도. 또는 TREC qrels.",
    "Whether one word is enough, or every word must match as readers' searches have it.": "단어 하나면 되는지, 독자의 검색처럼 모두 있어야 하는지.",
    "Show the article that Gisa reads from a page of a newspaper's site, before anything is added.": "등록하기 전에, 신문 사이트의 페이지에서 Gisa가 읽는 기사를 보여 줍니다.",
    "Say for each field where it was found.": "필드마다 어디에서 찾았는지 알려 줍니다.",
    "A folder of own rules (*.toml), tried before those of Gisa.": "Gisa의 규칙보다 먼저 쓸 규칙(*.toml)이 있는 폴더.",
    # following, crawling
    "Follow feeds: poll those of the list, again and again, and add what is new or corrected.": "피드를 따라갑니다: 목록의 피드를 거듭 읽어 새 기사와 고친 기사를 등록합니다.",
    "Poll the feeds that are due, then end: for cron.": "읽을 때가 된 피드만 읽고 끝냅니다: cron에서 씁니다.",
    "End with this process.": "이 프로세스와 함께 끝납니다.",
    "Follow a feed, the feeds of a list (OPML), or those that a site has; starts a paused one again.": "피드 하나, 목록(OPML)의 피드, 또는 사이트에 있는 피드를 따라갑니다. 멈춘 피드를 다시 시작합니다.",
    "Fetch the page of each item: the feed has only its beginning.": "피드에 앞부분만 있을 때, 기사의 페이지를 읽습니다.",
    "File every article under this section.": "모든 기사를 이 분야에 넣습니다.",
    "Print the list as OPML, for other feed readers; without passwords.": "다른 피드 리더를 위해 목록을 OPML로 출력합니다. 암호는 빼고.",
    "Print the addresses that are followed, one a line, without passwords.": "따라가는 주소를 한 줄에 하나씩, 암호 없이 출력합니다.",
    "Follow these no longer. What they brought stays in the archive.": "더는 따라가지 않습니다. 등록한 기사는 남습니다.",
    "Say how each feed stands.": "피드마다 어떤 상태인지 알려 줍니다.",
    "Add the articles of your own site, from its sitemaps and lists. Cut off, the same command goes on from there. Run again, it asks only for what has changed: changed pages become revisions, gone ones are reported.": "자기 사이트의 기사를 사이트맵과 목록에서 찾아 등록합니다. 끊겨도 같은 명령으로 이어집니다.\n\n다시 실행하면 바뀐 것만 읽습니다: 바뀐 페이지는 새 판이 되고, 없어진 페이지는 알려 줍니다.",
    "Only articles published or changed from this day on.": "이날부터 실리거나 바뀐 기사만.",
    "Only the articles with these numbers in their address.": "주소에 이 번호가 있는 기사만.",
    "Your address, told to the site. [default: contact of [fetch]]": "사이트에 알릴 연락처. [기본: [fetch] contact]",
    "Seconds between two requests.": "요청 사이의 초.",
    # keys
    "Keys of the API: who may read more than everybody, and how often each may ask.": "API 키: 누가 더 읽을 수 있고, 얼마나 자주 요청할 수 있는지.",
    "Make a key for NAME and print it. It is shown this once: only a hash of it is kept.": "NAME의 키를 만들어 출력합니다. 해시만 보관하므로 지금 한 번만 보입니다.",
    "What it opens: subscribers' articles, or (desk) all that is not published. May be repeated. Default: nothing more.": "무엇을 여는지: 구독자용 기사, 또는 (desk) 발행되지 않은 모든 것. 여러 번 적을 수 있습니다. 기본: 더 열지 않음.",
    "Requests that it may make in a minute. Default: any number.": "1분에 할 수 있는 요청 수. 기본: 제한 없음.",
    "Its last day, in Asia/Seoul. Default: none.": "마지막 날(한국 시각). 기본: 없음.",
    "Show every key that was made, without its secret.": "만든 키를 모두, 비밀값 없이 보여 줍니다.",
    "End a key at once, in every running server.": "실행 중인 모든 서버에서 키를 바로 끝냅니다.",
    # theme
    "Look after the paper's own pages: the files in DATA/theme/.": "신문사의 페이지를 돌봅니다: DATA/theme/의 파일.",
    "Tell which files of the theme do not fit this version of Gisa. Exit 1 if any does not; run it after an upgrade.": "이 버전의 Gisa와 맞지 않는 테마 파일을 알려 줍니다. 있으면 1로 끝납니다. 업그레이드한 뒤에 실행하세요.",
    "Copy one of Gisa's templates (search.html, article.html …) into the theme, to be changed there.": "Gisa의 템플릿(search.html, article.html …)을 테마에 복사해 고칠 수 있게 합니다.",
    "Print one of Gisa's templates as this version has it; without NAME, list them.": "이 버전의 Gisa 템플릿을 출력합니다. NAME이 없으면 목록을 보여 줍니다.",
}  # fmt: skip


def in_korean(text: str) -> str:
    """A help text in Korean, paragraphs apart; one that the table lacks stays in English."""
    return KOREAN_HELP.get(" ".join(text.split()), text)
