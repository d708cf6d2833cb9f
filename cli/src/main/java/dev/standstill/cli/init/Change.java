package dev.standstill.cli.init;

import java.nio.file.Path;
import java.util.List;

/**
 * What is to be written into a project.
 *
 * @param file where
 * @param text all that the file has then
 * @param said what has changed, in words; empty if nothing has
 */
record Change(Path file, String text, List<String> said) {}
