// A certified OpenID Connect provider on this computer: whoever signs in gets the e-mail that he typed as his login.
import { Provider } from "oidc-provider";

const [port, back] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: "proforient", client_secret: "a-secret-of-the-test-only", redirect_uris: [back],
    grant_types: ["authorization_code"], response_types: ["code"],
  }],
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  cookies: { keys: ["a-key-of-the-test-only"] },
  pkce: { required: () => true },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: id.replace("unsure-", ""), email_verified: !id.startsWith("unsure-") }),
  }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
