package dev.standstill.cli.init;

/** The files by which a tool builds a project. */
interface Build {

  /** Returns the package of the project; empty if the build does not say it. */
  String packageName();

  /** Returns the change that gives tests what they need. */
  Change change() throws CannotInitException;

  /** Returns the command that runs a test. */
  String command(String test);
}
