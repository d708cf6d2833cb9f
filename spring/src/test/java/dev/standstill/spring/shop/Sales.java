package dev.standstill.spring.shop;

import org.springframework.data.jpa.repository.JpaRepository;

/** All that was sold. */
public interface Sales extends JpaRepository<Sale, Long> {}
