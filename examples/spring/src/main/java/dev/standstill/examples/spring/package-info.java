/**
 * A theatre that holds seats for its visitors: a Spring Boot application with jobs and a database.
 */
@NullMarked
package dev.standstill.examples.spring;

import org.jspecify.annotations.NullMarked;
