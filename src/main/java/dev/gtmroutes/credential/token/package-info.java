/**
 * Access tokens: fetched, kept, renewed and replaced.
 */
package dev.gtmroutes.credential.token;
