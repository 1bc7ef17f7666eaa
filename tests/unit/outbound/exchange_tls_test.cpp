// unit/outbound/exchange_tls_test.cpp: certificates that prove nothing.
#include "unit/outbound/fetching.hpp"
#include "unit/outbound/hostile_server.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <csignal>
#include <memory>

namespace kinora::outbound {
namespace {

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* connection) const { SSL_free(connection); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

// Signed by itself.
Owned<X509> certificate_for(const char* host, EVP_PKEY* key) {
    Owned<X509> certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3'600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3'600);
    X509_set_pubkey(certificate.get(), key);
    auto* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(host), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_sign(certificate.get(), key, EVP_sha256());
    return certificate;
}

TEST(ExchangeTls, WantsACertificateThatSomebodySigned) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL's server side writes to who may have gone.
    const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
    const auto certificate = certificate_for("a.example", key.get());
    const Owned<SSL_CTX> context(SSL_CTX_new(TLS_server_method()));
    ASSERT_EQ(SSL_CTX_use_certificate(context.get(), certificate.get()), 1);
    ASSERT_EQ(SSL_CTX_use_PrivateKey(context.get(), key.get()), 1);
    bool asked = false;
    {
        const HostileServer server([&](Visit& visit) {
            const Owned<SSL> connection(SSL_new(context.get()));
            SSL_set_fd(connection.get(), visit.descriptor());
            char byte = 0;
            asked = SSL_accept(connection.get()) == 1 && SSL_read(connection.get(), &byte, 1) == 1;
        });
        auto url = server.url("a.example");
        url.insert(4, "s");
        FakeResolver resolver;
        resolver.say("a.example", {{"127.0.0.1"}});
        const Fetcher fetcher(AddressRules(Loopback::allowed), resolver);
        EXPECT_EQ(message_of(fetcher.fetch(url, short_limits(), {})),
                  "The server at a.example has no valid certificate for that name.");
    }
    EXPECT_FALSE(asked);  // Nothing was said to a server that nobody vouches for.
}

}  // namespace
}  // namespace kinora::outbound
