/**
 * The private key that ZATCA publishes with its SDK (`Data/Certificates/ec-secp256k1-priv-key.pem`). It protects nothing: everybody has
 * it, and the certificate that the sandbox returns to everybody belongs to it. It opens nothing in any other environment.
 */
export const publishedTestKey =
  'MHQCAQEEIL14JV+5nr/sE8Sppaf2IySovrhVBtt8+yz+g4NRKyz8oAcGBSuBBAAKoUQDQgAEoWCKa0Sa9FIErTOv0uAkC1VIKXxU9nPpx2vlf4yhMejy8c02XJblDq7tPydo8mq0ahOMmNo8gwni7Xt1KT9UeA=='
