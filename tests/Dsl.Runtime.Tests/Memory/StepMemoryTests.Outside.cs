using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Memory;

// Views of tensors that are not the step's.
public sealed partial class StepMemoryTests
{
    [Fact]
    public void A_view_of_what_is_not_the_steps_stays_where_it_is_of_the_same_again()
    {
        using Tensor parameter = arange(12, ScalarType.Float32).reshape(3, 4), other = ones(3, 4);
        Tensor Step(Tensor of)
        {
            Tensor turned = Aten.t(of), row = Aten.narrow(turned, 0, 1, 1), value = Aten.add(row, row);
            Assert.Equal(2 * of[0, 1].item<float>(), value[0, 0].item<float>());
            row.Free();
            turned.Free();
            value.Free();
            return turned;
        }

        // The second one is kept, as the first was of it too; another tensor gets another view, which ends with its step.
        var views = new List<Tensor>();
        foreach (var of in new[] { parameter, parameter, parameter, parameter, other, parameter, other })
            InStep(() => views.Add(Step(of)));
        Assert.Equal((1, 6), (_memory.Planned, _memory.Followed));
        Assert.Same(views[2], views[3]);
        Assert.NotSame(views[3], views[4]);
        Assert.All(views, view => Assert.True(view.IsInvalid));
    }

    [Fact]
    public void A_view_that_outlives_its_step_is_the_callers()
    {
        using Tensor parameter = arange(12, ScalarType.Float32).reshape(3, 4);
        var views = new List<Tensor>();
        for (int i = 0; i < 4; i++)
        {
            InStep(() =>
            {
                views.Add(Aten.t(parameter));
                Aten.neg(parameter).Free();
            });
        }

        Assert.Equal(4, views.Distinct(ReferenceEqualityComparer.Instance).Count());
        foreach (var view in views)
        {
            Assert.Equal(4, view[0, 1].item<float>());
            view.Dispose();
        }
    }
}
