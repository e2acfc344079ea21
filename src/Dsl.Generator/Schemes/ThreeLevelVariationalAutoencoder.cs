namespace Dsl.Generator.Schemes;

internal sealed class ThreeLevelVariationalAutoencoder()
    : HierarchicalScheme<ThreeLevelVariationalAutoencoderAttribute<object, object, object, object, object>>(levels: 3);
