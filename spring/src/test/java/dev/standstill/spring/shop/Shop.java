package dev.standstill.spring.shop;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;

/** An application with a bit of everything. */
@SpringBootApplication
@EnableAsync
@EnableScheduling
public class Shop {}
