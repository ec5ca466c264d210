/** The demo service: a small order and thumbnail shop on WebFlux. It imports no class of the agent. */
@NullMarked
package com.example.shop;

import org.jspecify.annotations.NullMarked;
