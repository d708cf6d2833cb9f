package dev.standstill.examples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The application. */
@SpringBootApplication
@EnableAsync
@EnableScheduling
public class Theatre {

  /** Runs it. */
  public static void main(String[] args) {
    SpringApplication.run(Theatre.class, args);
  }
}
