// SPDX-License-Identifier: Apache-2.0
/**
 * Values that a person writes for parameters and settings: how a text reaches a bean of a Kamelet unchanged, and what a
 * duration looks like; and what is asked of a Camel itself: its routes, and objects that it has one of. It imports nothing
 * of this project, so that every other package can use it.
 */
package dev.gtmroutes.parameter;
