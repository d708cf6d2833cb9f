/**
 * The bug that is planted in each campaign. It is a program like any other: not ours, so to say.
 */
@NullMarked
package dev.standstill.campaigns.canary;

import org.jspecify.annotations.NullMarked;
