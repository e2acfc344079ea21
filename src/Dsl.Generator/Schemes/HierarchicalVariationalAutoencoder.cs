namespace Dsl.Generator.Schemes;

internal sealed class HierarchicalVariationalAutoencoder()
    : HierarchicalScheme<HierarchicalVariationalAutoencoderAttribute<object, object, object>>(levels: 2);
