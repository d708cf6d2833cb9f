package dev.standstill.core;

import java.util.List;
import java.util.Optional;

/** Finds in a stack the call with which a program has got into the I/O of files: a table. */
final class FileCalls {

  /**
   * Where the JDK waits for files, on Linux, macOS and Windows (read from JDK 25); names of classes
   * begin so.
   */
  private static final List<String> FILES =
      List.of(
          "java.io.FileInputStream",
          "java.io.FileOutputStream",
          "java.io.FileDescriptor",
          "java.io.RandomAccessFile",
          "java.io.UnixFileSystem",
          "java.io.WinNTFileSystem",
          "java.nio.MappedMemoryUtils",
          "sun.nio.ch.FileChannelImpl",
          "sun.nio.ch.FileDispatcherImpl",
          "sun.nio.ch.UnixFileDispatcherImpl",
          "sun.nio.fs.");

  private FileCalls() {}

  /**
   * Names the call and the line of the program that made it, as in {@code Files.readString, called
   * at Report.java:12}; empty if the innermost code is none that does such I/O.
   *
   * @param stack the innermost frame first
   */
  static Optional<String> in(List<StackTraceElement> stack) {
    List<StackTraceElement> ofJdk =
        stack.stream().takeWhile(frame -> CodeOwner.of(frame) == CodeOwner.JDK).toList();
    return ofJdk.stream().anyMatch(FileCalls::isOfFiles)
        ? CodeOwner.placeIn(stack).map(place -> describe(stack, stack.indexOf(place)))
        : Optional.empty();
  }

  private static boolean isOfFiles(StackTraceElement frame) {
    return FILES.stream().anyMatch(frame.getClassName()::startsWith);
  }

  /** The innermost frame is the JDK's, so there is one before that of the program. */
  private static String describe(List<StackTraceElement> stack, int place) {
    StackTraceElement call = stack.get(place - 1);
    String type = call.getClassName().substring(call.getClassName().lastIndexOf('.') + 1);
    return "%s.%s, called at %s"
        .formatted(type.replace('$', '.'), call.getMethodName(), CallSite.brief(stack.get(place)));
  }
}
