using System.Reflection;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Layers stand on classes and on methods alike.</summary>
public class LayerTargetTests
{
    [Fact]
    public void Every_layer_can_stand_on_a_method()
    {
        var layers = typeof(LayerAttribute).Assembly.GetTypes()
            .Where(type => typeof(StackElementAttribute).IsAssignableFrom(type) && !type.IsAbstract).ToList();
        Assert.NotEmpty(layers);
        Assert.All(layers, layer => Assert.True(
            layer.GetCustomAttribute<AttributeUsageAttribute>()!.ValidOn.HasFlag(
                AttributeTargets.Class | AttributeTargets.Method), layer.Name));
    }
}
