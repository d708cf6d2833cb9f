/**
 * What {@code standstill init} writes into a project: {@link dev.standstill.cli.init.Project} finds
 * out what that is, {@link dev.standstill.cli.init.MavenBuild} and {@link
 * dev.standstill.cli.init.GradleBuild} change the files of the builds, as texts, so that their
 * format stays. Not API.
 */
@NullMarked
package dev.standstill.cli.init;

import org.jspecify.annotations.NullMarked;
