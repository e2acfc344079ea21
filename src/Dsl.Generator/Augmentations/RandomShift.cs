using Dsl.Generator.Checking;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Augmentations;

internal sealed class RandomShift : Transformation<RandomShiftAttribute>
{
    protected override Value Lower(RandomShiftAttribute attribute, Value image, Role role, string view, StepContext step)
    {
        Value offsets = step.Draw(new DrawnIntegers($"{view}Shift", role, 2, 2 * attribute.Pixels + 1,
            $"First row and column of each image, [{role.Symbol}, 2], in the image padded by {attribute.Pixels}"));
        return step.Computation.Add(new ImageShift(attribute.Pixels), $"shifted{view}", image, offsets);
    }
}
