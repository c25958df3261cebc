"""Every sentence for the codes of ``gisa.messages``, as fields: one dataclass for each list of codes. Holds no sentence.

See ``wording`` for how a sentence is filled in.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class PhraseText:
    """Phrases inside other messages: a field for each ``PhraseCode``."""

    kind_text: str
    kind_flag: str
    kind_number: str
    kind_object: str
    kind_list: str
    kind_time: str
    kind_date: str
    kind_nothing: str
    kind_python: str
    entry_of: str
    picture_address: str
    picture_text: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class ArticleText:
    """Single articles: a field for each ``ArticleCode``."""

    not_an_article: str
    left_out: str
    field_left_out: str
    field_unnamed: str
    removed_unclear: str
    removal_unnamed: str
    title_missing: str
    title_blank: str
    title_too_long: str
    body_too_long: str
    letters_only: str
    date_missing: str
    date_blank: str
    date_no_text: str
    date_unread: str
    date_year: str
    date_ahead: str
    correction_kind_unknown: str
    extra_no_object: str
    not_text: str
    not_names: str
    too_many_names: str
    too_long: str
    id_digits: str
    id_no_text: str
    id_too_long: str
    id_unprintable: str
    id_no_address: str
    id_rounded: str
    lang_unknown: str
    number_too_large: str
    number_no_json: str
    nested_too_deep: str
    value_no_json: str
    name_no_text: str
    extra_too_large: str
    characters_lost: str
    encoded_twice: str
    access_unknown: str
    flag_unclear: str
    status_unknown: str
    id_taken: str
    address_taken: str
    stays_removed: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class ListText:
    """Lines of lists: a field for each ``ListCode``."""

    word_columns: str
    word_too_long: str
    word_no_letters: str
    word_cut: str
    word_not_hangul: str
    word_syllable: str
    word_parts: str
    word_twice: str
    words_too_many: str
    holder_columns: str
    holder_surname: str
    holder_unnamed: str
    holder_days: str
    holder_day: str
    names_too_many: str
    name_too_long: str
    name_unsearchable: str
    name_letter: str
    names_too_few: str
    query_no_json: str
    query_no_object: str
    query_lacks: str
    query_class: str
    query_twice: str
    judgement_columns: str
    judgement_no_number: str
    judgement_twice: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class SourceText:
    """Files, folders and addresses: a field for each ``SourceCode``."""

    rest_unread: str
    not_whole: str
    packing_damaged: str
    packing_short: str
    packed_too_large: str
    reading_stopped: str
    counted: str
    passed_over: str
    type_passed_over: str
    undated_passed_over: str
    analysis_excluded: str
    files_passed_over: str
    bare_files_passed_over: str
    archives_nested: str
    archive_files: str
    archive_bomb: str
    zip_damaged: str
    tar_damaged: str
    member_damaged: str
    member_points_out: str
    member_link: str
    tar_link: str
    member_device: str
    member_locked: str
    member_unread: str
    scheme_unread: str
    not_there: str
    not_allowed: str
    not_opened: str
    not_looked_at: str
    not_text: str
    no_format: str
    folder_empty: str
    folder_strange: str
    folder_link: str
    folder_unread: str
    fetch_slow: str
    fetch_refused: str
    advice_address: str
    advice_later: str
    advice_in: str
    advice_fewer_later: str
    advice_fewer_in: str
    advice_agent: str
    advice_tell: str
    advice_sign_in: str
    advice_subscription: str
    advice_gone: str
    advice_law: str
    fetch_private: str
    fetch_too_large: str
    fetch_redirects: str
    fetch_no_web: str
    fetch_no_connection: str
    fetch_silent: str
    fetch_unreachable: str
    fetch_broken_off: str
    fetch_no_address: str
    fetch_damaged: str
    fetch_encoding: str
    bytes_damaged: str
    verbatim: str
    xml_damaged: str
    feed_too_large: str
    feed_empty: str
    feed_guids: str
    feed_damaged: str
    feed_damaged_whole: str
    feed_article_cut: str
    feed_is_page: str
    feed_unread: str
    feed_other: str
    feed_unparsed: str
    feed_slow: str
    feed_process: str
    page_too_large: str
    page_is_table: str
    page_names_feed: str
    page_no_article: str
    page_unruled: str
    json_no_object: str
    json_too_long: str
    json_encoding: str
    json_wrong: str
    json_number: str
    json_deep: str
    json_list: str
    json_string: str
    json_null: str
    ghost_too_large: str
    ghost_damaged: str
    ghost_no_posts: str
    ghost_no_object: str
    columns_unnamed: str
    header_missing: str
    header_row_lacks: str
    header_line_lacks: str
    columns_lack: str
    row_cells: str
    row_bytes: str
    row_encoding: str
    row_endless: str
    row_quote_inside: str
    row_quote_open: str
    comma: str
    tab: str
    semicolon: str
    bar: str
    delimiter: str
    workbook_locked: str
    workbook_strange: str
    workbook_damaged: str
    workbook_too_large: str
    sheet_unread: str
    database_strange: str
    database_driver: str
    database_failed: str
    database_queryless: str
    database_no_watermark: str
    database_many_gone: str
    parquet_missing: str
    parquet_short: str
    parquet_damaged: str
    parquet_rows_damaged: str
    mets_alone: str
    mets_too_large: str
    mets_damaged: str
    mets_unsegmented: str
    mets_page_missing: str
    alto_page: str
    story_too_large: str
    story_no_xml: str
    story_cut: str
    story_damaged: str
    story_of_class: str
    story_of_type: str
    story_headless: str
    item_too_large: str
    item_cut: str
    item_no_xml: str
    item_damaged: str
    warc_missing: str
    warc_damaged: str
    warc_page_too_large: str
    warc_pages: str
    foreign_hwpx: str
    foreign_office: str
    foreign_ole: str
    foreign_pdf: str
    foreign_sqlite: str
    foreign_opml: str
    foreign_sitemap: str
    foreign_sitemap_index: str
    foreign_spreadsheetml: str
    foreign_python: str
    foreign_sql: str
    opml_too_large: str
    opml_strange: str
    opml_rootless: str
    sitemap_too_large: str
    sitemap_strange: str
    sitemap_index: str
    sitemap_damaged: str
    page_no_html: str
    page_shows_none: str
    robots_unread: str
    page_left_unread: str
    nothing_to_follow: str
    not_there_nor_web: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class ConfigText:
    """Settings and options: a field for each ``ConfigCode``."""

    not_toml: str
    setting_unknown: str
    setting_type: str
    setting_names: str
    setting_number: str
    setting_choice: str
    colour_wrong: str
    logo_lacking: str
    base_path_wrong: str
    origin_wrong: str
    logo_wrong: str
    file_missing: str
    file_unread: str
    file_too_large: str
    file_no_utf8: str
    file_encoding: str
    archive_url_wrong: str
    archive_url_strange: str
    archive_url_driver: str
    archive_url_memory: str
    driver_missing: str
    index_url_strange: str
    index_url_hostless: str
    index_url_name: str
    cluster_missing: str
    agents_missing: str
    measures_missing: str
    format_unknown: str
    rule_no_toml: str
    rule_unknown: str
    rule_no_list: str
    rule_selector: str
    map_field: str
    map_pair: str
    map_names: str
    port_taken: str
    port_refused: str
    cookie_wrong: str
    key_damaged: str
    login_open: str
    login_empty: str
    login_short: str
    address_wrong: str
    contact_wrong: str
    contact_missing: str
    ids_wrong: str
    ids_too_many: str
    ids_placeless: str
    site_wrong: str
    not_followed: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class StoreText:
    """Findings and remedies: a field for each ``StoreCode``."""

    detail: str
    follower_away: str
    index_ahead: str
    index_lacks: str
    index_disagrees: str
    article_missing: str
    article_strange: str
    article_repeated: str
    article_outdated: str
    run_reindex: str
    run_repair: str
    restore: str
    restore_or_reindex: str
    run_status: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class FolderText:
    """Data folders, backups, locks: a field for each ``FolderCode``."""

    folder_unusable: str
    folder_strange: str
    instead_nothing: str
    instead_file: str
    instead_closed: str
    instead_empty: str
    instead_holds: str
    instead_holds_more: str
    locked: str
    lock_failed: str
    schema_newer: str
    schema_older: str
    archive_in_use: str
    index_in_use: str
    addresses_unclear: str
    moved_already: str
    backup_inside: str
    backup_place_taken: str
    backup_stopped: str
    backup_newer: str
    backup_missing: str
    backup_unreadable: str
    backup_damaged: str
    backup_short: str
    restore_differs: str
    restore_failed: str
    restore_older: str
    copy_strange: str
    copy_overtaken: str
    copy_unequal: str
    log_short: str
    too_damaged: str
    words_own: str
    words_overtaken: str
    words_without_base: str
    copy_edited: str
    file_unreadable: str
    file_unwritable: str
    file_broken: str
    sites_broken: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class MessageText:
    """All that the desk is told: a surface for each list of codes."""

    phrases: PhraseText
    articles: ArticleText
    lists: ListText
    sources: SourceText
    config: ConfigText
    stores: StoreText
    folders: FolderText
