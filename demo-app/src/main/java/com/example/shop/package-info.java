/** The demo service: a small order and thumbnail shop on WebFlux, as people write them. Knows nothing of the agent. */
@NullMarked
package com.example.shop;

import org.jspecify.annotations.NullMarked;
