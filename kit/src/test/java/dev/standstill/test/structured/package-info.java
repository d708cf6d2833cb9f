/** Groups, timeouts and their laws, on production loops and on test loops. */
@NullMarked
package dev.standstill.test.structured;

import org.jspecify.annotations.NullMarked;
