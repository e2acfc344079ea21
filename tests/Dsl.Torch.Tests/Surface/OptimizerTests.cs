using TorchSharp.Modules;

namespace Dsl.Torch.Tests.Surface;

public sealed class OptimizerTests : SurfaceTest
{
    public static TheoryData<string> Names => ["SGD", "Momentum", "Nesterov", "Adam", "AMSGrad", "AdamW"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_quadratic_is_minimised(string name)
    {
        using var x = nn.Parameter(tensor([5f, -3f]));
        using var optimizer = Create(name, x);
        for (var i = 0; i < 300; i++)
        {
            optimizer.zero_grad();
            (x - tensor([1f, 2f])).square().sum().backward();
            optimizer.step();
        }

        Equal([1, 2], x, 1e-2);
    }

    [Fact]
    public void The_first_steps_have_their_values()
    {
        Equal([0.9f], After(1, p => optim.SGD([p], 0.1)));
        Equal([0.8f], After(2, p => optim.SGD([p], 0.1)));
        Equal([0.71f], After(2, p => optim.SGD([p], 0.1, momentum: 0.9)));
        Equal([0.539f], After(2, p => optim.SGD([p], 0.1, momentum: 0.9, nesterov: true)));
        Equal([0.76f], After(2, p => optim.SGD([p], 0.1, momentum: 0.9, dampening: 0.5)));
        Equal([0.85f], After(1, p => optim.SGD([p], 0.1, weight_decay: 0.5)));
        Equal([1.1f], After(1, p => optim.SGD([p], 0.1, maximize: true)));
        Equal([0.9f], After(1, p => optim.Adam([p], 0.1)));
        Equal([0.8f], After(2, p => optim.Adam([p], 0.1)));
        Equal([0.85f], After(1, p => optim.AdamW([p], 0.1, weight_decay: 0.5)));
    }

    [Fact]
    public void Parameters_without_gradient_stay_and_a_closure_is_evaluated()
    {
        using var moved = nn.Parameter(ones(1));
        using var still = nn.Parameter(ones(1));
        using var optimizer = optim.Adam([moved, still], 0.1);
        var loss = optimizer.step(() =>
        {
            var value = moved.sum();
            value.backward();
            return value;
        });
        Equal([1], loss!);
        Equal([0.9f], moved);
        Equal([1], still);
    }

    [Fact]
    public void Groups_have_learning_rates_of_their_own()
    {
        using var first = nn.Parameter(ones(1));
        using var second = nn.Parameter(ones(1));
        using var optimizer = optim.SGD(
            [new SGD.ParamGroup([first], new SGD.Options { LearningRate = 1 }), new SGD.ParamGroup([second], new SGD.Options())],
            0.1);
        Assert.Equal([1, 0.1], optimizer.ParamGroups.Select(group => group.LearningRate));
        optimizer.ParamGroups.Last().LearningRate = 0.5;
        (first + second).backward();
        optimizer.step();
        Equal([0], first);
        Equal([0.5f], second);
        Assert.Equal(0.1, optimizer.ParamGroups.Last().InitialLearningRate);
        Assert.Equal(2, optimizer.parameters().Count());
        Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new SGD.ParamGroup([first], new SGD.Options())));
    }

    [Fact]
    public void Steps_leave_no_tensors_in_the_callers_scope()
    {
        using var x = nn.Parameter(ones(1));
        using var optimizer = optim.AdamW([x], weight_decay: 0.1);
        x.grad = ones(1);
        using var scope = NewDisposeScope();
        optimizer.step();
        optimizer.step();
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Senseless_hyper_parameters_are_refused()
    {
        using var x = nn.Parameter(ones(1));
        Assert.Throws<ArgumentException>(() => optim.SGD([x], -1));
        Assert.Throws<ArgumentException>(() => optim.SGD([x], 0.1, nesterov: true));
        Assert.Throws<ArgumentException>(() => optim.Adam([x], beta1: 1));
        Assert.Throws<ArgumentException>(() => optim.AdamW([x], lr: double.NaN));
    }

    /// <summary>A parameter of 1 after some steps with gradient 1.</summary>
    private static Tensor After(int steps, Func<Parameter, optim.Optimizer> create)
    {
        var x = nn.Parameter(ones(1));
        using var optimizer = create(x);
        x.grad = ones(1);
        for (var i = 0; i < steps; i++)
        {
            optimizer.step();
        }

        return x;
    }

    private static optim.Optimizer Create(string name, Parameter x) => name switch
    {
        "SGD" => optim.SGD([x], 0.1),
        "Momentum" => optim.SGD([x], 0.05, momentum: 0.9),
        "Nesterov" => optim.SGD([x], 0.05, momentum: 0.9, nesterov: true),
        "Adam" => optim.Adam([x], 0.1),
        "AMSGrad" => optim.Adam([x], 0.1, amsgrad: true),
        "AdamW" => optim.AdamW([x], 0.1),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
