/**
 * A Java kernel for Jupyter: the protocol is JJava's, cells are run by JShell in the kernel's own
 * process, so that they see the agent. Not API.
 */
@NullMarked
package dev.standstill.notebook.kernel;

import org.jspecify.annotations.NullMarked;
