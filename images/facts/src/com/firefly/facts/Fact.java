package com.firefly.facts;

import java.time.Instant;

/** A row. The database gives the number and the time. */
public record Fact(long id, String text, Instant written) {}
