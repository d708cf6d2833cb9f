/**
 * JUnit tests and loops in the cells of Jupyter notebooks.
 *
 * <p>{@link dev.standstill.notebook.Notebook} is what a cell calls: it runs the tests that the
 * cells so far have defined, and has the notebook's own event loop. It works in every kernel that
 * is built on JShell and runs cells in its own process; one comes along, see the documentation.
 *
 * <p>Nothing here takes or returns null unless it says so.
 */
@NullMarked
package dev.standstill.notebook;

import org.jspecify.annotations.NullMarked;
