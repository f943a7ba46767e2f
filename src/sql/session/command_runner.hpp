#pragma once

#include "sql/plan/command.hpp"
#include "sql/session/session_state.hpp"

namespace hammerscale::sql {

/// Carries out an analysed command; its rows are what the statement shows, none for most.
/// @throws SqlError  of the command; UNSUPPORTED_FEATURE.* for those that nothing here can do.
RowSetResult run_command(const Command& command, Origin origin, SessionState& session);

// One family a file.
RowSetResult run_catalog_command(const Command& command, Origin origin, SessionState& session);
RowSetResult run_table_command(const Command& command, Origin origin, SessionState& session);
RowSetResult run_show_command(const Command& command, Origin origin, SessionState& session);
RowSetResult run_describe_command(const Command& command, Origin origin, SessionState& session);
RowSetResult run_setting_command(const Command& command, Origin origin, SessionState& session);

/// The parts of a command's name, with what IDENTIFIER(...) gives.
NameParts name_of(const ObjectName& name, SessionState& session);

/// Whether a name matches the pattern of a SHOW statement: `*` is any text, `|` separates choices, case does not count.
bool matches_pattern(const ShowPattern& pattern, std::string_view name);

}  // namespace hammerscale::sql
