// The measures' floors: each does the work of one measure with the least system calls that a correct debugger can do it with,
// and says at its top why none of them can go.
#pragma once

void floor_hits(int argc, char **argv);
void floor_executed_hits(int argc, char **argv);
void floor_stepi(int argc, char **argv);
void floor_stores(int argc, char **argv);
void floor_start(int argc, char **argv);
void floor_find(int argc, char **argv);
void floor_dump(int argc, char **argv);
void floor_boot(int argc, char **argv);
void floor_run(int argc, char **argv);
