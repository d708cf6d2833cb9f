/**
 * The command line. A class per command reads options and nothing else; the others load the program
 * ({@link dev.standstill.cli.ProgramSource}, {@link dev.standstill.cli.ProgramLoader}, {@link
 * dev.standstill.test.spi.MainMethod}) and run it ({@link dev.standstill.cli.VirtualRun}, {@link
 * dev.standstill.cli.RealTimeRun}). Not API.
 */
@NullMarked
package dev.standstill.cli;

import org.jspecify.annotations.NullMarked;
