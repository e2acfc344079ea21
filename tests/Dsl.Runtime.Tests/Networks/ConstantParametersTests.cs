using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Networks;

public class ConstantParametersTests
{
    [Fact]
    public void A_gradient_passes_through_a_network_and_adds_nothing_to_it()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1));
        var frozen = network.parameters().First();
        frozen.requires_grad = false;
        var input = rand(2, 3).requires_grad_();
        using (new ConstantParameters(network)) network.forward(input).sum().backward();
        Assert.True(input.grad!.abs().sum().ToDouble() > 0);
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));

        // What did not learn before does not learn after.
        Assert.Equal([false, true, true, true], network.parameters().Select(parameter => parameter.requires_grad));
        network.forward(input).sum().backward();
        Assert.Equal(3, network.parameters().Count(parameter => parameter.grad is not null));
    }

    [Fact]
    public void A_prediction_in_evaluation_mode_leaves_the_modes_as_they_are()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(nn.Linear(3, 4), nn.Dropout(0.9), nn.Linear(4, 1));
        network.train();
        network.children().First().eval();
        var input = rand(2, 3);
        var first = network.Predict(input);
        Assert.True(first.Equals(network.Predict(input)));
        Assert.False(first.requires_grad);
        Assert.Equal([false, true, true], network.children().Select(module => module.training));
        Assert.True(network.training);
    }
}
