// SPDX-License-Identifier: Apache-2.0
/** What destinations with {@code onlyChanged} were sent last, in tables of PostgreSQL that several programs share. */
package dev.gtmroutes.remembered.table;
